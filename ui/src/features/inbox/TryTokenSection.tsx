import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { InboxEvent } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { TokenInput } from "../../shared/TokenInput";

/** *Try with another token*: it becomes the listener's only after it fits and the user says so. */
export function TryTokenSection({ event: { row } }: { event: InboxEvent }) {
  const [token, setToken] = useState("");
  const announce = useAnnounce();
  const attempt = useAction("inbox.try_token");
  const adopt = useAction("listeners.create");
  const tried = attempt.variables?.signature_token === token;
  const fits = tried && attempt.data?.matches === true;
  const refused = tried && attempt.error?.field === "signature_token" ? attempt.error.message : null;
  const use = () => {
    if (row.listener_id === null) return;
    adopt.mutate(
      { id: row.listener_id, signature_token: token },
      { onSuccess: () => announce("The listener has the new token. What fits it is held until you run it.") },
    );
  };
  return (
    <Stack gap="xs">
      <Title order={3}>Try with another token</Title>
      <TokenInput value={token} error={refused} onChange={setToken} />
      {tried && attempt.data?.matches === false && (
        <Notice tone="bad" urgent>
          This token does not fit either.
        </Notice>
      )}
      {fits && (
        <Notice tone="good" urgent>
          This token fits. Use it for the listener from now on? Events that were held or rejected are judged again, and
          what fits is held until you run it.
        </Notice>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={token === ""}
          loading={attempt.isPending}
          onClick={() => attempt.mutate({ id: row.id, signature_token: token })}
        >
          Try
        </Button>
        {fits && (
          <Button size="xs" loading={adopt.isPending} onClick={use}>
            Use this token
          </Button>
        )}
      </Group>
      {attempt.error && refused === null && <Problem error={attempt.error} />}
      {adopt.error && <Problem error={adopt.error} />}
      <Text size="xs" c="dimmed">
        Nothing changes by trying.
      </Text>
    </Stack>
  );
}
