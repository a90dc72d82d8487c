import { Button, Stack, Text } from "@mantine/core";
import { useAction, useCommand } from "../../commands";
import type { MovedAddress } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { CopyField } from "../../shared/Copy";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { count } from "../../shared/words";

/** The listeners to whose address Lever no longer sends, each with the one to paste there. */
export function MovedAddresses() {
  const moved = useCommand("path.show", {}).data?.moved ?? [];
  if (moved.length === 0) return null;
  return (
    <Section
      title="The public address has changed"
      description={`${count(moved.length, "webhook")} in Lever ${moved.length === 1 ? "needs" : "need"} the new address.`}
      testId="moved"
    >
      <Stack gap="lg">
        {moved.map((address) => (
          <Moved key={address.listener_id} address={address} />
        ))}
      </Stack>
    </Section>
  );
}

function Moved({ address: { listener_id, event, purpose, known_url, url } }: { address: MovedAddress }) {
  const announce = useAnnounce();
  const done = useAction("path.address_changed");
  const tell = () => done.mutate({ id: listener_id }, { onSuccess: () => announce(`${event}: changed in Lever`) });
  return (
    <Stack gap="xs" align="flex-start" data-testid="moved-address">
      <Text size="sm" fw={600}>
        {event}, for {purpose}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        Lever has {known_url}
      </Text>
      <CopyField label="New URL" value={url} />
      {done.error && <Problem error={done.error} />}
      <Button size="xs" variant="default" loading={done.isPending} aria-label={`Changed in Lever: ${event}`} onClick={tell}>
        I changed it in Lever
      </Button>
    </Stack>
  );
}
