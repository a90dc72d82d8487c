import { Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { InboxStorage } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Loaded } from "../../shared/Loaded";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";

/** How much of what arrived is kept. */
export function StorageSection() {
  const storage = useCommand("inbox.storage", {});
  return (
    <Section
      title="What is kept"
      description="Headers and bodies stay on this computer, encrypted, and go by age and size. The list and a fingerprint of each signature stay."
      testId="inbox-storage"
    >
      <Loaded query={storage}>{(shown) => <Keep key={`${shown.keeping.days}/${shown.keeping.megabytes}`} storage={shown} />}</Loaded>
    </Section>
  );
}

function Keep({ storage: { keeping, events, bytes, oldest_at, file_bytes } }: { storage: InboxStorage }) {
  const [days, setDays] = useState(keeping.days);
  const [megabytes, setMegabytes] = useState(keeping.megabytes);
  const announce = useAnnounce();
  const keep = useAction("inbox.keep");
  const error = (field: string) => (keep.error?.field === field ? keep.error.message : null);
  const changed = days !== keeping.days || megabytes !== keeping.megabytes;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {count(events, "event")} with {size(bytes)}
        {oldest_at !== null && (
          <>
            , the oldest stored <Time at={oldest_at} />
          </>
        )}
        . Everything that Fulcrum keeps takes {size(file_bytes)}.
      </Text>
      <Group align="flex-end" gap="sm">
        <NumberInput label="Days" w={120} min={1} max={365} value={days} error={error("days")} onChange={(value) => setDays(Number(value))} />
        <NumberInput
          label="Megabytes at most"
          w={180}
          min={1}
          max={10_000}
          value={megabytes}
          error={error("megabytes")}
          onChange={(value) => setMegabytes(Number(value))}
        />
        <Button
          variant="default"
          disabled={!changed}
          loading={keep.isPending}
          onClick={() => keep.mutate({ days, megabytes }, { onSuccess: () => announce("Saved what is kept") })}
        >
          Save
        </Button>
      </Group>
      {keep.error?.field === null && <Problem error={keep.error} />}
    </Stack>
  );
}

/** A size in words; kilobytes of a thousand bytes. */
function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000).toLocaleString("en")} kB`;
  return `${(bytes / 1_000_000).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
