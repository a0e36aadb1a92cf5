"""Tests of the exchange between regions."""
