import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";

interface TextLinkProps {
  href: string;
  children: ReactNode;
  "aria-label"?: string;
}

/** A link to another page of the app. */
export function TextLink(props: TextLinkProps) {
  return <Anchor component={Link} size="sm" {...props} />;
}
