import adCreative from '../../schemas/shared/ad-creative.json' with { type: 'json' };
import adLabel from '../../schemas/shared/ad-label.json' with { type: 'json' };
import appLinkSpec from '../../schemas/shared/app-link-spec.json' with { type: 'json' };
import assetFeedSpec from '../../schemas/shared/asset-feed-spec.json' with { type: 'json' };
import attributionSpec from '../../schemas/shared/attribution-spec.json' with { type: 'json' };
import callToAction from '../../schemas/shared/call-to-action.json' with { type: 'json' };
import callToActionValue from '../../schemas/shared/call-to-action-value.json' with { type: 'json' };
import conversionSpec from '../../schemas/shared/conversion-spec.json' with { type: 'json' };
import flexibleTargeting from '../../schemas/shared/flexible-targeting.json' with { type: 'json' };
import geoLocation from '../../schemas/shared/geo-location.json' with { type: 'json' };
import idName from '../../schemas/shared/id-name.json' with { type: 'json' };
import imageCrops from '../../schemas/shared/image-crops.json' with { type: 'json' };
import iosAppLink from '../../schemas/shared/ios-app-link.json' with { type: 'json' };
import issueInfo from '../../schemas/shared/issue-info.json' with { type: 'json' };
import objectStorySpec from '../../schemas/shared/object-story-spec.json' with { type: 'json' };
import promotedObject from '../../schemas/shared/promoted-object.json' with { type: 'json' };
import targeting from '../../schemas/shared/targeting.json' with { type: 'json' };
import templateUrlSpec from '../../schemas/shared/template-url-spec.json' with { type: 'json' };
import type { JsonSchema } from '../protocol/messages.ts';
import { resolveSchema, type SharedSchemas } from './resolve-schema.ts';

/** Every file of schemas/shared, by the name that a `$ref` gives it. */
const SHARED_SCHEMAS: SharedSchemas = {
  'shared/ad-creative.json': adCreative,
  'shared/ad-label.json': adLabel,
  'shared/app-link-spec.json': appLinkSpec,
  'shared/asset-feed-spec.json': assetFeedSpec,
  'shared/attribution-spec.json': attributionSpec,
  'shared/call-to-action.json': callToAction,
  'shared/call-to-action-value.json': callToActionValue,
  'shared/conversion-spec.json': conversionSpec,
  'shared/flexible-targeting.json': flexibleTargeting,
  'shared/geo-location.json': geoLocation,
  'shared/id-name.json': idName,
  'shared/image-crops.json': imageCrops,
  'shared/ios-app-link.json': iosAppLink,
  'shared/issue-info.json': issueInfo,
  'shared/object-story-spec.json': objectStorySpec,
  'shared/promoted-object.json': promotedObject,
  'shared/targeting.json': targeting,
  'shared/template-url-spec.json': templateUrlSpec,
};

/** A stream's schema as the catalog shows it, without `$ref`. */
export function resolveStreamSchema(schema: JsonSchema): JsonSchema {
  return resolveSchema(schema, SHARED_SCHEMAS);
}
