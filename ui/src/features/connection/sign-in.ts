import type { ConnectionView, Environment, EnvironmentChoice, Integration, SignInInput } from "../../generated/api";

/** What the user typed to sign in. */
export interface Credentials {
  environment: Environment | null;
  clientId: string;
  clientSecret: string;
}

/** The environment used last, or the only one there is, and nothing typed. */
export function emptyCredentials({ environment, environments }: ConnectionView): Credentials {
  const first = environments.length === 1 ? environments[0]?.environment : undefined;
  return { environment: environment ?? first ?? null, clientId: "", clientSecret: "" };
}

/** Whether the client id and secret must be typed. */
export function needsClient(choice: EnvironmentChoice | undefined): boolean {
  return choice !== undefined && !choice.client_known;
}

/** Why signing in cannot begin yet, in words; none if it can. */
export function signInBlocker(credentials: Credentials, choice: EnvironmentChoice | undefined): string | null {
  if (choice === undefined) return "Choose an environment first.";
  if (choice.client_known) return null;
  if (credentials.clientId.trim() === "") return "Enter the client id first.";
  if (credentials.clientSecret.trim() === "") return "Enter the client secret first.";
  return null;
}

/** The request; what was not typed is left to what is stored. */
export function signInInput(integration: Integration, { environment, clientId, clientSecret }: Credentials): SignInInput {
  return {
    integration,
    environment: environment ?? "production",
    client_id: clientId.trim() || null,
    client_secret: clientSecret.trim() || null,
  };
}
