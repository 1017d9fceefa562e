// The passkey of an officer: made once by the link, proved with each sign-in.

/** The person closed the browser's window, or has no passkey for this desk. */
export class NoPasskey extends Error {}

export async function made(options: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return shown(navigator.credentials.create({ publicKey }));
}

export async function proved(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return shown(navigator.credentials.get({ publicKey }));
}

async function shown(asked: Promise<Credential | null>): Promise<unknown> {
  const credential = await asked.catch((thrown: unknown) => {
    throw new NoPasskey(String(thrown));
  });
  if (!(credential instanceof PublicKeyCredential)) throw new NoPasskey('none');
  return credential.toJSON();
}
