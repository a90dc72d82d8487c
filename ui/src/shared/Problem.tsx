import { Anchor, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { AppError, ErrorCode } from "../generated/api";
import { Details } from "./Details";
import { Notice } from "./Notice";

interface ProblemProps {
  error: AppError;
  /** Runs again what failed. */
  onRetry?: () => void;
}

/** What nobody refused: it may come right, or be so already. */
const WAITS: readonly ErrorCode[] = ["lever_unreachable", "relay_unreachable", "outcome_unknown"];

/** What a person does about an error, where it is not just to try again. */
const AGAIN: Partial<Record<ErrorCode, string>> = {
  conflict: "Load again",
  outcome_unknown: "Look and try again",
};

/** What went wrong in one sentence, the one thing to do, and the raw text for whoever asks. */
export function Problem({ error, onRetry }: ProblemProps) {
  return (
    <Notice
      tone={WAITS.includes(error.code) ? "wait" : "bad"}
      urgent
      testId="problem"
      action={<Remedy error={error} onRetry={onRetry} />}
      below={error.detail !== null && <Details text={error.detail} />}
    >
      {error.message}
    </Notice>
  );
}

function Remedy({ error, onRetry }: ProblemProps): ReactNode {
  if (error.code === "reconnect_lever") return <RemedyLink href="/integrations/lever">Reconnect</RemedyLink>;
  if (onRetry === undefined) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={onRetry}>
      {AGAIN[error.code] ?? "Try again"}
    </Button>
  );
}

function RemedyLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} size="sm">
      {children}
    </Anchor>
  );
}
