namespace Akimbo.Skeletons;

/// <summary>The side of the body a keypoint belongs to, seen from the person.</summary>
public enum BodySide
{
    /// <summary>On the body's axis: nose, head, neck.</summary>
    Centre,

    /// <summary>The person's left.</summary>
    Left,

    /// <summary>The person's right.</summary>
    Right,
}
