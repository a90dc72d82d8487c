import { Button } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { GrantView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { integrationWords } from "../../shared/connection-words";
import { EndAccess } from "./EndAccess";

/** Ends every permission at once. */
export function RevokeAll({ grants }: { grants: GrantView[] }) {
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const revoke = useAction("grants.revoke_all");
  const [first] = grants;
  if (first === undefined) return null;
  const widest = grants.reduce((widest, { data }) => (data.length > widest.length ? data : widest), first.data);
  return (
    <>
      <Button color="var(--tone-bad)" variant="outline" onClick={() => setAsking(true)}>
        Revoke all
      </Button>
      {asking && (
        <EndAccess
          title="End all of Fulcrum's access to Lever?"
          verb="Revoke all"
          phrase="revoke all"
          stops={grants.flatMap(({ integration, stops }) => stops.map((sentence) => `${integrationWords[integration]}: ${sentence}`))}
          choices={widest}
          leverUrl={first.lever_url}
          webhooksUrl={first.webhooks_url}
          busy={revoke.isPending}
          error={revoke.error}
          onClose={() => {
            revoke.reset();
            setAsking(false);
          }}
          onConfirm={(data, confirmation) =>
            revoke.mutate({ data, confirmation }, { onSuccess: () => announce("All access to Lever is ended") })
          }
        />
      )}
    </>
  );
}
