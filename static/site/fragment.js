// Whoever follows a link to a place on a board and is asked for a name first comes to that place all the same: a
// redirect keeps the fragment of the address that the form is sent to, and servers never see one.

const form = document.querySelector("form.nickname");
if (form instanceof HTMLFormElement) form.action += location.hash;
