namespace Akimbo.Skeletons;

/// <summary>A line between two keypoints, given by their indices in the skeleton.</summary>
public readonly record struct Limb(int From, int To);
