import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useCommand } from "../commands";
import { UnlockPage } from "../features/unlock/UnlockPage";
import { UnreadablePage } from "../features/unlock/UnreadablePage";
import type { AppStatus } from "../generated/api";
import { Loaded } from "../shared/Loaded";

/** Shows the app only once its database is open. */
export function VaultGate({ children }: { children: (status: AppStatus) => ReactNode }) {
  const status = useCommand("app.status", {});
  return (
    <Loaded query={status} skeleton={<Skeleton height="100vh" radius={0} visible={false} />}>
      {(app) => {
        switch (app.vault.kind) {
          case "open":
            return children(app);
          case "needs_passphrase":
            return <UnlockPage firstTime={app.vault.first_time} why={app.vault.why} recoverable={app.recovery_code} />;
          case "unreadable":
            return <UnreadablePage why={app.vault.why} detail={app.vault.detail} recoverable={app.recovery_code} />;
        }
      }}
    </Loaded>
  );
}
