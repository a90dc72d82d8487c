'use strict';
// Opens the page with the key of the fragment, shows it as text, and seals the answer. It uses nothing
// but the browser's own cryptography, so what is served is what can be read here.
(() => {
  const main = document.querySelector('main');
  const page = location.pathname.split('/').pop();
  const text = (string) => new TextEncoder().encode(string);
  const join = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));
  const fromBase64 = (string) => Uint8Array.from(atob(string), (character) => character.charCodeAt(0));
  const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

  // The 20 bytes that are written as 32 base32 characters (RFC 4648, lower-case, without padding).
  const idBytes = (id) => {
    const bits = Array.from(id, (character) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(character).toString(2).padStart(5, '0')).join('');
    return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
  };

  const aes = (key, use) => crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);

  const open = async () => {
    const key = fromBase64(location.hash.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    const sealed = fromBase64(main.dataset.ciphertext);
    const additionalData = join(text('fulcrum page v1'), idBytes(page));
    const algorithm = { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData };
    const plain = await crypto.subtle.decrypt(algorithm, await aes(key, 'decrypt'), sealed.slice(12));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  };

  // HPKE, base mode, one message (RFC 9180, sections 4.1, 5.1 and 6.1): DHKEM(X25519, HKDF-SHA256),
  // HKDF-SHA256, AES-256-GCM. Everything derived fits into one block of HKDF.
  const hmac = async (key, data) => {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data));
  };
  const none = new Uint8Array(0);
  const kem = join(text('KEM'), [0, 0x20]);
  const suite = join(text('HPKE'), [0, 0x20, 0, 1, 0, 2]);
  const extract = (salt, of, label, input) =>
    hmac(salt.length ? salt : new Uint8Array(32), join(text('HPKE-v1'), of, text(label), input));
  const expand = async (secret, of, label, info, length) =>
    (await hmac(secret, join([0, length], text('HPKE-v1'), of, text(label), info, [1]))).slice(0, length);

  const seal = async (publicKey, info, additionalData, plain) => {
    const receiver = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, []);
    const pair = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    const encapsulated = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: receiver }, pair.privateKey, 256);
    const both = join(encapsulated, publicKey);
    const sharedSecret = await expand(await extract(none, kem, 'eae_prk', shared), kem, 'shared_secret', both, 32);
    const context = join([0], await extract(none, suite, 'psk_id_hash', none), await extract(none, suite, 'info_hash', info));
    const secret = await extract(sharedSecret, suite, 'secret', none);
    const key = await expand(secret, suite, 'key', context, 32);
    const iv = await expand(secret, suite, 'base_nonce', context, 12);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await aes(key, 'encrypt'), plain);
    return join(encapsulated, sealed);
  };

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const field = ({ name, label, kind, required }) => {
    const control = element(kind === 'long_text' ? 'textarea' : 'input', { name, required });
    if (kind === 'tick') control.type = 'checkbox';
    if (kind === 'date') control.type = 'date';
    return kind === 'tick'
      ? element('label', { className: 'tick' }, control, label)
      : element('label', {}, label, control);
  };

  const send = async (asked, form) => {
    const answer = {};
    for (const [index, { name, kind }] of asked.fields.entries()) {
      const control = form.querySelectorAll('input, textarea')[index];
      const value = kind === 'tick' ? (control.checked ? 'yes' : '') : control.value;
      if (value) answer[name] = value;
    }
    const bound = join(idBytes(page), fromBase64(asked.nonce));
    const sealed = await seal(fromBase64(asked.key), text('fulcrum page answer v1'), bound, text(JSON.stringify(answer)));
    const response = await fetch(location.pathname, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nonce: asked.nonce, sealed: toBase64(sealed) }),
    });
    return response.status;
  };

  const outcome = (status) => {
    if (status === 200) return ['Thank you. Your answer was sent.', true];
    if (status === 409) return ['An answer was received already, so this one was not sent.', true];
    if (status === 404) return ['This page is gone, so the answer was not sent. Ask the person who sent you the link.', true];
    if (status === 413) return ['The answer is too long. Shorten it and send it again.', false];
    return ['The answer was not sent. Please try again in a minute.', false];
  };

  const show = (content) => {
    document.title = content.title;
    const status = element('p');
    status.setAttribute('role', 'status');
    main.replaceChildren(
      element('h1', { textContent: content.title }),
      ...content.paragraphs.map((textContent) => element('p', { textContent })),
    );
    if (!content.form) return;
    const button = element('button', { textContent: content.form.send });
    const form = element('form', {}, ...content.form.fields.map(field), button);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      button.disabled = true;
      status.textContent = 'Sending…';
      const [words, done] = outcome(await send(content.form, form).catch(() => 0));
      status.textContent = words;
      if (done) form.remove();
      else button.disabled = false;
    });
    main.append(form, status);
  };

  const fail = () => {
    const words = window.isSecureContext && crypto.subtle
      ? 'The page cannot be opened. The link is not complete: open it again from the message that it came in.'
      : 'The page cannot be opened here: this browser is too old, or the connection is not encrypted.';
    main.replaceChildren(element('p', { textContent: words }));
  };

  window.addEventListener('hashchange', () => location.reload());
  open().then(show, fail);
})();
