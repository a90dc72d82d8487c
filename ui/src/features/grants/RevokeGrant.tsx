import { Button } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { GrantView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { integrationWords } from "../../shared/connection-words";
import { EndAccess } from "./EndAccess";

interface RevokeGrantProps {
  grant: GrantView;
  /** *Revoke access* on the page of all apps, *Disconnect* on an integration's own. */
  verb: "Revoke access" | "Disconnect";
}

/** The red button that ends one permission, and the question behind it. */
export function RevokeGrant({ grant, verb }: RevokeGrantProps) {
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const revoke = useAction("grants.revoke");
  const name = integrationWords[grant.integration];
  const close = () => {
    revoke.reset();
    setAsking(false);
  };
  return (
    <>
      <Button color="red.9" aria-label={`${verb}: ${name}`} onClick={() => setAsking(true)} data-testid={`revoke-${grant.integration}`}>
        {verb}
      </Button>
      {asking && (
        <EndAccess
          title={`End Fulcrum's access to Lever for ${name}?`}
          verb={verb}
          phrase="revoke"
          stops={grant.stops}
          choices={grant.data}
          leverUrl={grant.lever_url}
          webhooksUrl={grant.webhooks_url}
          busy={revoke.isPending}
          error={revoke.error}
          onClose={close}
          onConfirm={(data, confirmation) =>
            revoke.mutate(
              { integration: grant.integration, data, confirmation },
              { onSuccess: () => announce(`${name}: Lever is disconnected`) },
            )
          }
        />
      )}
    </>
  );
}
