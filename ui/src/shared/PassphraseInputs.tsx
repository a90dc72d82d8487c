import { PasswordInput } from "@mantine/core";
import { useState } from "react";
import { passphraseProblem, SHORTEST_PASSPHRASE } from "./passphrase";

/** What was typed, and what is wrong with it once it was sent off. */
export interface TypedPassphrase {
  /** Whether it is being chosen, which takes typing it twice. */
  chosen: boolean;
  passphrase: string;
  again: string;
  /** Why the passphrase is not taken. */
  wrong: string | null;
  /** Why the second one is not taken. */
  different: string | null;
  setPassphrase: (typed: string) => void;
  setAgain: (typed: string) => void;
  /** The passphrase, if it can be sent; otherwise the fields say why not. */
  sent: () => string | null;
}

/** The state of a form that asks for a passphrase; `refused` is the engine's word on the last one. */
export function usePassphrase(chosen: boolean, refused: string | null): TypedPassphrase {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(false);
  const problem = passphraseProblem(passphrase, chosen ? again : null);
  return {
    chosen,
    passphrase,
    again,
    wrong: refused ?? (asked && problem?.field === "passphrase" ? problem.sentence : null),
    different: asked && problem?.field === "again" ? problem.sentence : null,
    setPassphrase,
    setAgain,
    sent: () => {
      setAsked(true);
      return problem === null ? passphrase : null;
    },
  };
}

/** The field for a passphrase, and a second one while it is being chosen. */
export function PassphraseInputs({ typed }: { typed: TypedPassphrase }) {
  return (
    <>
      <PasswordInput
        label="Passphrase"
        description={typed.chosen ? `At least ${SHORTEST_PASSPHRASE} characters` : undefined}
        autoComplete={typed.chosen ? "new-password" : "current-password"}
        value={typed.passphrase}
        error={typed.wrong}
        aria-invalid={typed.wrong !== null}
        onChange={(event) => typed.setPassphrase(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the passphrase" }}
        data-autofocus
        autoFocus
      />
      {typed.chosen && (
        <PasswordInput
          label="Passphrase again"
          autoComplete="new-password"
          value={typed.again}
          error={typed.different}
          aria-invalid={typed.different !== null}
          onChange={(event) => typed.setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the passphrase again" }}
        />
      )}
    </>
  );
}
