import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { RecoveryCodeFacts } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { Time } from "../../shared/Time";
import { MakeRecoveryCode } from "./MakeRecoveryCode";
import { TestRecoveryCode } from "./TestRecoveryCode";

/** Whether there is a recovery code, and what can be done with it. */
export function RecoveryCodePanel({ code }: { code: RecoveryCodeFacts | null }) {
  const [open, setOpen] = useState<"make" | "test" | null>(null);
  const close = () => setOpen(null);
  return (
    <Stack gap="sm">
      <Title order={3}>Recovery code</Title>
      {code === null ? (
        <Notice tone="wait">
          Without a recovery code, the data cannot be read again if the keychain or the passphrase is lost.
        </Notice>
      ) : (
        <Text size="sm">
          {code.made_at === null ? "There is one" : <>Made <Time at={code.made_at} /></>}
          {code.tested_at === null ? ". Not tested yet." : <>, last tested <Time at={code.tested_at} />.</>}
        </Text>
      )}
      <Group gap="sm">
        <Button variant={code === null ? "filled" : "default"} onClick={() => setOpen("make")}>
          {code === null ? "Make a recovery code" : "Make a new code"}
        </Button>
        {code !== null && (
          <Button variant="default" onClick={() => setOpen("test")}>
            Test my recovery code
          </Button>
        )}
      </Group>
      <MakeRecoveryCode opened={open === "make"} replaces={code !== null} onClose={close} />
      <TestRecoveryCode opened={open === "test"} onClose={close} />
    </Stack>
  );
}
