"""Kept as they are: kinds of facts that tablets may send and that have no figures yet."""

from models.derived.noun import Noun
from models.log.kind import KeptAsItIs

KEPT = Noun("kept", kinds={"survey.answered": KeptAsItIs})
