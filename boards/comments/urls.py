"""Addresses of a board's comments."""

from django.urls import path

from . import views

comment_addresses = [
    path("boards/<uuid:board_id>/comments", views.comments, name="comments"),
    path("boards/<uuid:board_id>/comments/<int:thread_id>", views.reply, name="reply"),
    path(
        "boards/<uuid:board_id>/comments/<int:thread_id>/resolve",
        views.resolve,
        name="resolve-thread",
    ),
    path("boards/<uuid:board_id>/comments/<int:thread_id>/seen", views.seen, name="see-thread"),
    path(
        "boards/<uuid:board_id>/comments/<int:thread_id>/<int:comment_id>/edit",
        views.edit,
        name="edit-comment",
    ),
    path(
        "boards/<uuid:board_id>/comments/<int:thread_id>/<int:comment_id>/remove",
        views.remove,
        name="remove-comment",
    ),
]
