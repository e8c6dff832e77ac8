using Akimbo.Geometry;

namespace Akimbo;

/// <summary>Where a person is, for a top-down model.</summary>
/// <param name="Box">The person's box in the photo.</param>
/// <param name="Score">The detector's confidence, 0 to 1.</param>
public readonly record struct PersonBox(Box Box, float Score = 1);
