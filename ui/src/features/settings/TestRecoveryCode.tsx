import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";

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
        <TextInput
          label="Recovery code"
          value={code}
          error={refused}
          aria-invalid={refused !== null}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: "mono" }}
          onChange={(event) => {
            test.reset();
            setCode(event.currentTarget.value);
          }}
          data-autofocus
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
