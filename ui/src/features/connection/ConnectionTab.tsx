import { Stack } from "@mantine/core";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { ConnectionView, Integration } from "../../generated/api";
import { Loaded } from "../../shared/Loaded";
import { ConnectedPanel } from "./ConnectedPanel";
import { ConnectPanel } from "./ConnectPanel";
import { DisablingNote } from "./DisablingNote";
import { OtherOrganisation } from "./OtherOrganisation";
import { StatusPanel } from "./StatusPanel";
import { WaitingForBrowser } from "./WaitingForBrowser";

/** Being allowed to act in Lever: connect, validate, and see who allowed what. */
export function ConnectionTab({ integration }: { integration: Integration }) {
  const connection = useCommand("connections.show", { integration });
  return <Loaded query={connection}>{(view) => <Connection view={view} />}</Loaded>;
}

function Connection({ view }: { view: ConnectionView }) {
  const [again, setAgain] = useState(false);
  const { sign_in: signIn } = view;
  // However the sign-in ends, the page is as before and offers it anew.
  if (signIn !== null && again) setAgain(false);
  if (signIn !== null) return <WaitingForBrowser integration={view.integration} signIn={signIn} />;
  const connected = view.connected_at !== null && isUsable(view);
  return (
    <Stack gap="lg">
      {view.other_organisation && <OtherOrganisation integration={view.integration} other={view.other_organisation} />}
      <StatusPanel view={view} onConnectAgain={connected && !again ? () => setAgain(true) : undefined} />
      {(!connected || again) && <ConnectPanel view={view} onConnected={() => setAgain(false)} />}
      {connected && <ConnectedPanel view={view} />}
      {connected && <DisablingNote />}
    </Stack>
  );
}

/** Whether there is a connection that can be checked, as opposed to one that must be made again. */
function isUsable({ state }: ConnectionView): boolean {
  return state !== "not_connected" && state !== "disconnected" && state !== "needs_reconnect";
}
