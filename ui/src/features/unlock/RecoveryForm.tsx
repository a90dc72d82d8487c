import { Button, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { Problem } from "../../shared/Problem";
import { RecoveryCodeInput } from "../../shared/RecoveryCodeInput";

/** Opens the database with the recovery code, when the usual way is lost. */
export function RecoveryForm() {
  const [shown, setShown] = useState(false);
  const [code, setCode] = useState("");
  const recover = useAction("vault.recover");
  const refused = recover.error?.field === "code" ? recover.error.message : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    recover.mutate({ code });
  };
  if (!shown) {
    return (
      <Button variant="subtle" onClick={() => setShown(true)}>
        Use my recovery code
      </Button>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <RecoveryCodeInput value={code} refused={refused} onChange={setCode} />
        {recover.error && refused === null && <Problem error={recover.error} />}
        <Button type="submit" variant="default" disabled={code.trim() === ""} loading={recover.isPending}>
          Open with the recovery code
        </Button>
      </Stack>
    </form>
  );
}
