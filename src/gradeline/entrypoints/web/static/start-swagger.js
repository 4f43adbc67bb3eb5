"use strict";
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "openapi.json",
    dom_id: "#documentation",
    deepLinking: true,
    persistAuthorization: false,
    validatorUrl: null,
  });
});
