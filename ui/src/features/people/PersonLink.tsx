import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { Colleague } from "../../generated/api";

/** The way to somebody in the directory. */
export function PersonLink({ person: { id, name } }: { person: Colleague }) {
  return (
    <Anchor component={Link} href={`/people/${encodeURIComponent(id)}`} size="sm">
      <bdi>{name}</bdi>
    </Anchor>
  );
}
