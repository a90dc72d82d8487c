import { Anchor, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { AppError } from "../generated/api";
import { Details } from "./Details";
import { Notice } from "./Notice";

interface ProblemProps {
  error: AppError;
  /** Runs again what failed. */
  onRetry?: () => void;
}

/** What went wrong in one sentence, the one thing to do, and the raw text for whoever asks. */
export function Problem({ error, onRetry }: ProblemProps) {
  return (
    <Notice
      tone={error.code === "lever_unreachable" || error.code === "relay_unreachable" ? "wait" : "bad"}
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
      {error.code === "conflict" ? "Load again" : "Try again"}
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
