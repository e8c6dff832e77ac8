namespace Akimbo.Evaluation;

/// <summary>An annotated person and the detection that fits best.</summary>
/// <param name="Person">The annotated person.</param>
/// <param name="Detection">The detection; null where the image has none.</param>
/// <param name="Oks">Their similarity, 0 to 1.</param>
public sealed record PersonMatch(GroundTruthPerson Person, DetectedPerson? Detection, double Oks);
