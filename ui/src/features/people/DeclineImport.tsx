import { Button } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { HeldImport } from "../../generated/api";
import { Confirm } from "../../shared/Confirm";
import { Problem } from "../../shared/Problem";
import { useAnnounce } from "../../shared/announce";

/** *Do not import*, and the question behind it. */
export function DeclineImport({ hire: { opportunity_id, name } }: { hire: HeldImport }) {
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const decline = useAction("imports.decline");
  const close = () => {
    decline.reset();
    setAsking(false);
  };
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Do not import ${name}`} onClick={() => setAsking(true)}>
        Do not import
      </Button>
      <Confirm
        opened={asking}
        title={`Do not import ${name}?`}
        verb="Do not import"
        busy={decline.isPending}
        onClose={close}
        onConfirm={() => decline.mutate({ opportunity_id }, { onSuccess: () => announce(`${name} is not imported`) })}
      >
        {name} becomes no person here and enters no workflow, however often Lever tells of the hire. Nothing changes in Lever. You find
        the decision in this list and can take it back.
        {decline.error && <Problem error={decline.error} />}
      </Confirm>
    </>
  );
}
