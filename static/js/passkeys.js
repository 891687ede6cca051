// Hands forms[data-passkey] to allauth's passkey code: data-passkey names its function, data-ids the parts.
(function () {
  "use strict";

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    window.allauth.webauthn.forms[form.dataset.passkey]({ ids: JSON.parse(form.dataset.ids) });
  }
})();
