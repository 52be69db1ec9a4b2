export { type Deployment, type DeploymentPart, parseDeployment } from './deployment.ts';
export { placesOf } from './places.ts';
export { parseSettings, type Settings, SettingsError } from './settings.ts';
