namespace Akimbo.Geometry;

/// <summary>A keypoint as an annotation gives it, in the pixels of some grid.</summary>
/// <typeparam name="TPoint">The grid.</typeparam>
/// <param name="Position">Where it is; it may lie outside the grid.</param>
/// <param name="Visibility">0 when it is not labelled; else the weight with which it counts, 1 in published settings.</param>
public readonly record struct LabelledPoint<TPoint>(TPoint Position, float Visibility) where TPoint : struct, IPoint<TPoint>;
