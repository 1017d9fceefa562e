// The pictures a guidance topic can name.
import Accessibility from '@lucide/svelte/icons/accessibility';
import Activity from '@lucide/svelte/icons/activity';
import Armchair from '@lucide/svelte/icons/armchair';
import Baby from '@lucide/svelte/icons/baby';
import Backpack from '@lucide/svelte/icons/backpack';
import BadgeAlert from '@lucide/svelte/icons/badge-alert';
import Bus from '@lucide/svelte/icons/bus';
import Car from '@lucide/svelte/icons/car';
import CloudFog from '@lucide/svelte/icons/cloud-fog';
import CreditCard from '@lucide/svelte/icons/credit-card';
import FileText from '@lucide/svelte/icons/file-text';
import Flame from '@lucide/svelte/icons/flame';
import Flower from '@lucide/svelte/icons/flower';
import Hospital from '@lucide/svelte/icons/hospital';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import MapPin from '@lucide/svelte/icons/map-pin';
import MapPinOff from '@lucide/svelte/icons/map-pin-off';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Moon from '@lucide/svelte/icons/moon';
import Pill from '@lucide/svelte/icons/pill';
import Plane from '@lucide/svelte/icons/plane';
import Route from '@lucide/svelte/icons/route';
import Scale from '@lucide/svelte/icons/scale';
import Shield from '@lucide/svelte/icons/shield';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import Signpost from '@lucide/svelte/icons/signpost';
import Siren from '@lucide/svelte/icons/siren';
import Snowflake from '@lucide/svelte/icons/snowflake';
import Sun from '@lucide/svelte/icons/sun';
import Users from '@lucide/svelte/icons/users';
import Wallet from '@lucide/svelte/icons/wallet';
import Waves from '@lucide/svelte/icons/waves';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import Wind from '@lucide/svelte/icons/wind';
import ZapOff from '@lucide/svelte/icons/zap-off';
import BookOpen from '@lucide/svelte/icons/book-open';

const icons: Record<string, typeof BookOpen> = {
  accessibility: Accessibility,
  activity: Activity,
  armchair: Armchair,
  baby: Baby,
  backpack: Backpack,
  'badge-alert': BadgeAlert,
  bus: Bus,
  car: Car,
  'cloud-fog': CloudFog,
  'credit-card': CreditCard,
  'file-text': FileText,
  flame: Flame,
  flower: Flower,
  hospital: Hospital,
  house: House,
  'id-card': IdCard,
  'life-buoy': LifeBuoy,
  'map-pin': MapPin,
  'map-pin-off': MapPinOff,
  megaphone: Megaphone,
  moon: Moon,
  pill: Pill,
  plane: Plane,
  route: Route,
  scale: Scale,
  shield: Shield,
  'shield-alert': ShieldAlert,
  signpost: Signpost,
  siren: Siren,
  snowflake: Snowflake,
  sun: Sun,
  users: Users,
  wallet: Wallet,
  waves: Waves,
  'wifi-off': WifiOff,
  wind: Wind,
  'zap-off': ZapOff,
};

export const topicIcon = (name: string) => icons[name] ?? BookOpen;
