import { useState } from "react";
import { useAction } from "../../commands";
import type { ConnectionView } from "../../generated/api";
import { ConnectOption } from "./ConnectOption";
import { PermissionsStep } from "./PermissionsStep";
import { emptyCredentials, signInInput, type Credentials } from "./sign-in";

interface ConnectPanelProps {
  view: ConnectionView;
  /** An API key was taken. */
  onConnected: () => void;
}

/** The way to Lever's consent page: choose how, see what is asked for, then the browser. */
export function ConnectPanel({ view, onConnected }: ConnectPanelProps) {
  const [credentials, setCredentials] = useState<Credentials>(() => emptyCredentials(view));
  const [reviewing, setReviewing] = useState(false);
  const signIn = useAction("connections.sign_in");
  if (!reviewing) {
    return (
      <ConnectOption
        view={view}
        credentials={credentials}
        onChange={setCredentials}
        onConnected={onConnected}
        onLogin={() => {
          signIn.reset();
          setReviewing(true);
        }}
      />
    );
  }
  return (
    <PermissionsStep
      permissions={view.permissions}
      busy={signIn.isPending}
      error={signIn.error}
      onBack={() => setReviewing(false)}
      onNext={(also) => signIn.mutate({ ...signInInput(view.integration, credentials), also })}
    />
  );
}
