"""Form inputs written in Python instead of one template each: a page has dozens of them.

The look of a page stays in the templates; this writes what Django's own widget templates would,
only faster. Every value and every attribute is escaped.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.forms import RadioSelect
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape

Widget = Mapping[str, Any]


class RadioRow(RadioSelect):
    """Radio buttons in a row, each inside its own label: `<label><input><span>`, which needs no id.

    option_class: CSS class of each label.
    value_class: prefix of a second class per label, completed with the value: `score-7`; without
        it only that of the empty value has one: `keuze-leeg`.
    around: CSS class of an element around the row; there is no such element when it is empty.
    hints: what is said below the label of some values, as part of it.
    """

    template_name = "radio_row"
    option_class, value_class = "keuze", ""
    around = ""
    hints: Mapping[str, str] = MappingProxyType({})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "option_class": self.option_class,
            "value_class": self.value_class,
            "around": self.around,
            "hints": self.hints,
        }
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"].pop("id", None)
        return option


class PlainRenderer(DjangoTemplates):
    """Writes the most common inputs itself, and any other through Django's templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        write = WRITERS.get(template_name)
        if write is not None:
            return write(context["widget"])
        return super().render(template_name, context, request)


def write_input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    name = escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget)}>'


def write_textarea(widget: Widget) -> str:
    # HTML drops the first line break in a textarea, so the text gets one of its own.
    text = escape(widget["value"] or "")
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def write_select(widget: Widget) -> str:
    groups = "".join(
        f'<optgroup label="{escape(group)}">{_write_options(options)}</optgroup>'
        if group
        else _write_options(options)
        for group, options, _ in widget["optgroups"]
    )
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{groups}</select>'


def _write_options(options: list[Widget]) -> str:
    return "".join(
        f'<option value="{escape(option["value"])}"{_attributes(option)}>'
        f"{escape(option['label'])}</option>"
        for option in options
    )


def write_radio_row(widget: Widget) -> str:
    row = "".join(
        f'<label class="{_option_classes(widget, escape(option["value"]))}">{write_input(option)}'
        f"<span>{_words(widget, option)}</span></label>"
        for option in _options(widget)
    )
    return f'<div class="{widget["around"]}">{row}</div>' if widget["around"] else row


def _words(widget: Widget, option: Widget) -> str:
    words, hint = escape(option["label"]), widget["hints"].get(option["value"])
    return f"<b>{words}</b> <small>{escape(hint)}</small>" if hint else words


def _option_classes(widget: Widget, value: str) -> str:
    of_all, of_each = widget["option_class"], widget["value_class"]
    if not value:
        return f"{of_all} {of_each or of_all}-leeg"
    return f"{of_all} {of_each}-{value}" if of_each else of_all


def _options(widget: Widget) -> list[Widget]:
    return [option for _, options, _ in widget["optgroups"] for option in options]


def _attributes(widget: Widget) -> str:
    """Write the attributes: True without a value, False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


WRITERS: dict[str, Callable[[Widget], str]] = {
    "django/forms/widgets/textarea.html": write_textarea,
    "django/forms/widgets/select.html": write_select,
    "radio_row": write_radio_row,
    **{
        f"django/forms/widgets/{kind}.html": write_input
        for kind in ("input", "text", "email", "password", "date", "hidden", "search")
    },
}
