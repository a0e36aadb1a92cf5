"""Superior's forms: a workbook that a bureau above wants filled, and which figure belongs into which of its cells."""

from peewee import AutoField, BlobField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField, writing
from models.market.audited import Audited
from models.market.county import County


class SuperiorForm(Audited):
    """A workbook of a county's superior, as it was sent."""

    veiled = frozenset({"content"})
    unnoted = frozenset({"size"})

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    name = CharField(max_length=100)  # of the file, without its ending
    size = IntegerField()
    content = BlobField()
    made_by = CharField()
    made_at = InstantField(default=utcnow)


class SuperiorCell(Audited):
    """A cell that has a name: a figure, as models/figures/form_figure.py knows it."""

    within = "superior_form"

    id: "AutoField[int]"
    superior_form_id: int
    superior_form = ForeignKeyField(SuperiorForm, backref="named", on_delete="CASCADE", index=False)
    sheet = CharField(max_length=31)
    cell = CharField(max_length=10)  # as a spreadsheet names it: C5
    figure = CharField(max_length=40)

    class Meta:
        indexes = ((("superior_form", "sheet", "cell"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.sheet} {self.cell}"


def forms_of(county: County) -> list[SuperiorForm]:
    """Return a county's forms without their files, the newest first."""
    fields = (SuperiorForm.id, SuperiorForm.name, SuperiorForm.size, SuperiorForm.made_by, SuperiorForm.made_at)
    return list(SuperiorForm.select(*fields).where(SuperiorForm.county == county).order_by(SuperiorForm.id.desc()))


def named_in(form: SuperiorForm) -> dict[tuple[str, str], str]:
    """Return the figure of each cell that has one, by sheet and cell."""
    rows = SuperiorCell.select().where(SuperiorCell.superior_form == form).order_by(SuperiorCell.id)
    return {(row.sheet, row.cell): row.figure for row in rows}


def name_cells(form: SuperiorForm, figures: dict[tuple[str, str], str]) -> None:
    """Say which figures belong into cells; an empty one takes the name away. What they had before gives way."""
    with writing():
        for (sheet, cell), figure in figures.items():
            here = (SuperiorCell.superior_form == form) & (SuperiorCell.sheet == sheet) & (SuperiorCell.cell == cell)
            row = SuperiorCell.get_or_none(here)
            if not figure:
                if row:
                    row.delete_instance()
            elif row is None:
                SuperiorCell.create(superior_form=form, sheet=sheet, cell=cell, figure=figure)
            elif row.figure != figure:
                row.figure = figure
                row.save()
