namespace Akimbo.Codecs;

/// <summary>A local maximum of a heatmap.</summary>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
/// <param name="Score">The heatmap's value there.</param>
public readonly record struct Peak(int X, int Y, float Score);
