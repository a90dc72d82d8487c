import { Button, Center } from "@mantine/core";
import type { CommandError } from "../host";
import { Problem } from "./Problem";

/** The older pages of a list that is read newest first. */
export interface OlderPages {
  load: () => void;
  busy: boolean;
  error: CommandError | null;
  /** Whether there are any. */
  more: boolean;
}

/** *Load older*, below a list. */
export function LoadOlder({ older: { load, busy, error, more } }: { older: OlderPages }) {
  return (
    <>
      {error && <Problem error={error} onRetry={load} />}
      {more && (
        <Center>
          <Button variant="default" loading={busy} onClick={load}>
            Load older
          </Button>
        </Center>
      )}
    </>
  );
}
