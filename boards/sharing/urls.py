"""Addresses of sharing and order."""

from django.urls import path

from . import joining, order, views

BOARD = "boards/<uuid:board_id>/"
SHARING = f"{BOARD}sharing/"
MEMBER = f"{SHARING}people/<int:number>/"

urlpatterns = [
    path("join/", joining.join, name="join"),
    path(f"{BOARD}report/", order.report, name="report"),
    path(SHARING, views.sharing, name="sharing"),
    path(f"{SHARING}code/", views.squares, name="sharing-code"),
    path(f"{SHARING}audience/", views.audience, name="audience"),
    path(f"{SHARING}leave/", views.leave, name="leave"),
    path(f"{SHARING}links/", views.new_invite, name="new-invite"),
    path(f"{SHARING}links/<int:number>/revoke/", views.revoke_invite, name="revoke-invite"),
    path(f"{SHARING}links/<int:number>/replace/", views.replace_invite, name="replace-invite"),
    path(f"{MEMBER}role/", views.member_role, name="member-role"),
    path(f"{MEMBER}remove/", views.remove_member, name="remove-member"),
    path(f"{SHARING}freeze/", order.freeze, name="freeze"),
    path(f"{SHARING}own-only/", order.own_only, name="own-only"),
    path(f"{SHARING}pen/", order.give_pen, name="give-pen"),
    path(f"{SHARING}pen/take/", order.take_pen, name="take-pen"),
    path(f"{MEMBER}mute/", order.mute, name="mute"),
    path(f"{MEMBER}unmute/", order.unmute, name="unmute"),
    path(f"{MEMBER}kick/", order.kick, name="kick"),
    path(f"{MEMBER}ban/", order.ban, name="ban"),
    path(f"{MEMBER}take-back/", order.take_back_all, name="take-back"),
    path(f"{SHARING}restraints/<int:number>/lift/", order.lift, name="lift"),
    path(f"{SHARING}taken-back/<int:number>/undo/", order.put_back_all, name="undo-take-back"),
]
