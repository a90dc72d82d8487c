import {
  IconHistory,
  IconHome,
  IconMail,
  IconPlug,
  IconRoute,
  IconSettings,
  IconShieldLock,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";

interface Destination {
  href: string;
  label: string;
  icon: Icon;
}

/** Where the navigation leads, in its order. */
export const destinations: Destination[] = [
  { href: "/", label: "Home", icon: IconHome },
  { href: "/integrations", label: "Integrations", icon: IconPlug },
  { href: "/people", label: "People", icon: IconUsers },
  { href: "/offers", label: "Offers", icon: IconMail },
  { href: "/workflows", label: "Workflows", icon: IconRoute },
  { href: "/activity", label: "Activity", icon: IconHistory },
  { href: "/authorized-apps", label: "Authorized apps", icon: IconShieldLock },
  { href: "/settings", label: "Settings", icon: IconSettings },
];
