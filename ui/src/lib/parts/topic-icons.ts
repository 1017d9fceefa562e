// The pictures a guidance topic can name.
import Ambulance from '@lucide/svelte/icons/ambulance';
import BatteryCharging from '@lucide/svelte/icons/battery-charging';
import BookOpen from '@lucide/svelte/icons/book-open';
import Building from '@lucide/svelte/icons/building-2';
import Car from '@lucide/svelte/icons/car';
import CloudLightning from '@lucide/svelte/icons/cloud-lightning';
import Flame from '@lucide/svelte/icons/flame';
import HeartPulse from '@lucide/svelte/icons/heart-pulse';
import IdCard from '@lucide/svelte/icons/id-card';
import MapPin from '@lucide/svelte/icons/map-pin';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import Plane from '@lucide/svelte/icons/plane';
import Route from '@lucide/svelte/icons/route';
import Shield from '@lucide/svelte/icons/shield';
import Ship from '@lucide/svelte/icons/ship';
import Siren from '@lucide/svelte/icons/siren';
import Users from '@lucide/svelte/icons/users';
import Waves from '@lucide/svelte/icons/waves';
import WifiOff from '@lucide/svelte/icons/wifi-off';

const icons: Record<string, typeof BookOpen> = {
  ambulance: Ambulance,
  'battery-charging': BatteryCharging,
  'building-2': Building,
  car: Car,
  'cloud-lightning': CloudLightning,
  flame: Flame,
  'heart-pulse': HeartPulse,
  'id-card': IdCard,
  'map-pin': MapPin,
  megaphone: Megaphone,
  'message-circle': MessageCircle,
  plane: Plane,
  route: Route,
  shield: Shield,
  ship: Ship,
  siren: Siren,
  users: Users,
  waves: Waves,
  'wifi-off': WifiOff,
};

export const topicIcon = (name: string) => icons[name] ?? BookOpen;
