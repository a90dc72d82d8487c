import { Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useLocation } from "wouter";
import { FulcrumMark } from "../shared/FulcrumMark";
import { destinations } from "./destinations";
import classes from "./Navigation.module.css";
import { PathLight } from "./PathLight";

/** Where one can go; at narrow windows only the icons, with their names as tooltips. */
export function Navigation() {
  const [location] = useLocation();
  const narrow = useMediaQuery("(width <= 960px)", false, { getInitialValueInEffect: false });
  return (
    <div className={classes.navigation}>
      <div className={classes.brand}>
        <FulcrumMark size={24} />
        <span className={classes.label}>Fulcrum</span>
      </div>
      <nav aria-label="Main">
        <ul className={classes.list}>
          {destinations.map(({ href, label, icon: Icon }) => (
            <li key={href}>
              <Tooltip label={label} position="right" disabled={!narrow}>
                <Link
                  href={href}
                  className={classes.link}
                  aria-label={label}
                  aria-current={isWithin(location, href) ? "page" : undefined}
                >
                  <Icon size={20} stroke={1.6} aria-hidden />
                  <span className={classes.label}>{label}</span>
                </Link>
              </Tooltip>
            </li>
          ))}
        </ul>
      </nav>
      <PathLight narrow={narrow} />
    </div>
  );
}

function isWithin(location: string, href: string): boolean {
  return location === href || (href !== "/" && location.startsWith(`${href}/`));
}
