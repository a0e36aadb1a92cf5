"""Stages of a check-in, in rank order, the ways out of them, and the places where somebody is hired."""

from models.vocabulary import code_list

STAGES = tuple(code_list.STAGES)
RANKS = {stage: rank for rank, stage in enumerate(STAGES)}
HIRED = RANKS["hired"]
WITHDRAWN = "withdrawn"  # by the candidate: a way out
MISTAKE = "mistake"  # no stage: the sending never was
EXITS = tuple(code_list.EXITS)
PLACES = tuple(code_list.PLACES)
