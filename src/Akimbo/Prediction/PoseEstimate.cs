namespace Akimbo;

/// <summary>The people in a photo, and what the network saw of them.</summary>
/// <param name="People">People, best first.</param>
/// <param name="Heatmaps">Of a bottom-up model one entry, of a top-down model one for each box, in the order of the boxes.</param>
public sealed record PoseEstimate(IReadOnlyList<Person> People, IReadOnlyList<PoseHeatmaps> Heatmaps);
