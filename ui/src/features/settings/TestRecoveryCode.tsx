import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { RecoveryCodeInput } from "../../shared/RecoveryCodeInput";

interface TestRecoveryCodeProps {
  opened: boolean;
  onClose: () => void;
}

/** *Test my recovery code*: tells whether the code that was kept opens this database. Changes nothing. */
export function TestRecoveryCode({ opened, onClose }: TestRecoveryCodeProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Test my recovery code">
      {opened && <Testing onClose={onClose} />}
    </Modal>
  );
}

function Testing({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState("");
  const test = useAction("vault.test_recovery_code");
  const refused = test.error?.field === "code" ? test.error.message : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    test.mutate({ code });
  };
  if (test.isSuccess) {
    return (
      <Stack gap="md">
        <Notice tone="good" urgent>
          The code is right: it opens this database.
        </Notice>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">Type the code as you kept it, or paste it. Nothing is changed.</Text>
        <RecoveryCodeInput
          value={code}
          refused={refused}
          onChange={(changed) => {
            test.reset();
            setCode(changed);
          }}
        />
        {test.error && refused === null && <Problem error={test.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={code.trim() === ""} loading={test.isPending}>
            Test
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
