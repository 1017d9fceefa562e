"""An officer signs in, and each request is signed as their browser would: DESK_LINK and DESK_URL say where."""

import base64
import hashlib
import json
import os
import secrets
import struct
import time

import requests
import schemathesis
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

URL = os.environ["DESK_URL"]
ORIGIN, TOKEN = os.environ["DESK_LINK"].split("/#enrol=")


def text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def passkey(options):
    """What a browser makes of them: CBOR of an attestation that proves nothing but the key."""
    x_y = point(ec.generate_private_key(ec.SECP256R1()))
    cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + x_y[1:33] + b"\x22\x58\x20" + x_y[33:]
    name = secrets.token_bytes(16)
    data = hashlib.sha256(b"localhost").digest() + b"\x45" + bytes(4) + bytes(16) + b"\x00\x10" + name + cose
    made = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59" + struct.pack(">H", len(data)) + data
    client = {"type": "webauthn.create", "challenge": options["challenge"], "origin": ORIGIN, "crossOrigin": False}
    response = {"attestationObject": text(made), "clientDataJSON": text(json.dumps(client).encode())}
    return {"id": text(name), "rawId": text(name), "type": "public-key", "extensions": {}, "response": response}


class Signed(requests.auth.AuthBase):
    """A session, and the key that signs for it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        origin = {"origin": ORIGIN}
        begun = requests.post(URL + "/v1/enrolment/options", json={"token": TOKEN}, headers=origin, timeout=30)
        credential = passkey(begun.json()["options"]["publicKey"])
        body = {"token": TOKEN, "credential": credential, "key": text(point(self.key))}
        enrolled = requests.post(URL + "/v1/enrolment", json=body, headers=origin, timeout=30)
        enrolled.raise_for_status()
        self.cookie = enrolled.headers["set-cookie"].split(";")[0]

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        now, nonce = str(int(time.time() * 1000)), text(secrets.token_bytes(16))
        digest = text(hashlib.sha256(body).digest())
        said = "\n".join(["saparlas desk 1", request.method, request.path_url, digest, now, nonce])
        r, s = decode_dss_signature(self.key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        request.headers.update({"cookie": self.cookie, "origin": ORIGIN, "desk-time": now, "desk-nonce": nonce})
        request.headers["desk-signature"] = signature
        return request


schemathesis.auth.set_from_requests(Signed())
