"use strict";
window.addEventListener("load", () => {
  Redoc.init("openapi.json", { disableGoogleFont: true }, document.getElementById("documentation"));
});
