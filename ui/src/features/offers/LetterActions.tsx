import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { LetterView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { candidateOf } from "./letter-words";
import { TakeBack } from "./TakeBack";

/** Shows a letter to its candidate, or takes it back. */
export function LetterActions({ letter }: { letter: LetterView }) {
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const publish = useAction("letters.publish");
  const hidden = letter.status === "unpublished" || letter.status === "withdrawn";
  const run = () => publish.mutate({ id: letter.id }, { onSuccess: () => announce(`The letter of ${candidateOf(letter)} is published`) });
  return (
    <Stack gap="sm" align="flex-end" maw={360}>
      {hidden && (
        <Button loading={publish.isPending} onClick={run}>
          Publish
        </Button>
      )}
      {!hidden && letter.status !== "held" && (
        <Button variant="default" onClick={() => setAsking(true)}>
          Take back
        </Button>
      )}
      {publish.error && <Problem error={publish.error} />}
      <TakeBack letter={letter} opened={asking} onClose={() => setAsking(false)} />
    </Stack>
  );
}
