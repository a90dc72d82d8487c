import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "wouter";
import { useAction } from "../../commands";
import type { AttentionItem, Remedy } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import { useAnnounce } from "../../shared/announce";
import { count } from "../../shared/words";

const remedyLinks: Partial<Record<Remedy, { href: string; label: string }>> = {
  tray: { href: "/people", label: "Open in People" },
  mapping: { href: "/integrations/lever/mapping", label: "Open the field mapping" },
  missed: { href: "/activity/missed", label: "Open missed changes" },
  path: { href: "/connection-doctor", label: "Copy the new address" },
  connection: { href: "/integrations/lever", label: "Open the connection" },
};

/** One thing that waits: what, why, where it is put right, and *Try again*. */
export function AttentionCard({ item }: { item: AttentionItem }) {
  const announce = useAnnounce();
  const retry = useAction("attention.retry");
  const choose = useAction("relay.use_this_copy");
  const link = remedyLinks[item.remedy];
  const tryAgain = () => retry.mutate({ id: item.id }, { onSuccess: () => announce(`${item.title}: trying again`) });
  const standsBy = item.remedy === "use_this_copy";
  // A changed address is settled once it is in Lever, and a copy is chosen: neither is tried.
  const triable = !standsBy && item.remedy !== "path";
  const useThisCopy = () => choose.mutate({}, { onSuccess: ({ way_sentence }) => announce(way_sentence) });
  return (
    <Stack gap="xs" data-testid="attention-item">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={20} color="var(--tone-wait)" role="img" aria-label="Waiting" style={{ flex: "none" }} />
        <Stack gap={2} flex={1} miw={0}>
          <Text size="sm" fw={600}>
            {item.title}
          </Text>
          <Text size="sm">{item.why}</Text>
          <Text size="xs" c="dimmed">
            Since <Time at={item.since} />
            {triable && <> · tried {count(item.attempts, "time")}</>}
            {item.next_try_at !== null && (
              <>
                {" "}
                · next try <Time at={item.next_try_at} ageOnly />
              </>
            )}
          </Text>
        </Stack>
        <Group gap="md">
          {link && (
            <Anchor component={Link} href={link.href} size="sm">
              {link.label}
            </Anchor>
          )}
          {item.remedy === "lever" && (
            <Text size="sm" c="dimmed">
              Change it in Lever, then
            </Text>
          )}
          {standsBy && (
            <Button size="xs" loading={choose.isPending} onClick={useThisCopy}>
              Use this copy
            </Button>
          )}
          {triable && (
            <Button size="xs" variant="default" loading={retry.isPending} aria-label={`Try again: ${item.title}`} onClick={tryAgain}>
              Try again
            </Button>
          )}
        </Group>
      </Group>
      {retry.error && <Problem error={retry.error} />}
      {choose.error && <Problem error={choose.error} />}
    </Stack>
  );
}
