"use strict";
// In place of this entry: the address with the token does not stay in the history.
window.location.replace("/");
