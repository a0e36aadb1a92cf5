"""A form whose list of errors says which field each is about, for a page longer than a screen."""

from flask_babel import gettext as _

from routes.web.forms import Form


class LabelledForm(Form):
    """A form that knows what its fields are called; ``labels`` holds English sentences."""

    labels: dict[str, str] = {}

    @property
    def summary(self) -> dict[str, str]:
        """Return what is wrong by field, each sentence led by the field's name."""
        return {name: self._named(name, sentence) for name, sentence in self.errors.items()}

    def _named(self, name: str, sentence: str) -> str:
        label = self.labels.get(name)
        return _("%(label)s: %(error)s", label=_(label), error=sentence) if label else sentence
