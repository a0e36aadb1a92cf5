"""Pages and their fragments: one template, rendered whole or one block of it alone."""

from typing import Any

from flask import Response, current_app, make_response, render_template


def render_page(template: str, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render a page, or only ``block`` of it for htmx. The answer varies by who asks.

    Same order of arguments as jinja2-fragments, so that it could stand in for this.
    """
    response = make_response(
        render_block(template, block, **context) if block else render_template(template, **context),
        status,
    )
    response.vary.add("HX-Request")
    return response


def render_block(template: str, block: str, **context: Any) -> str:
    """Render one named block of a template alone."""
    found = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    return "".join(found.blocks[block](found.new_context(context)))
