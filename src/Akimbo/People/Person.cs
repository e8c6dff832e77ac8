using Akimbo.Geometry;

namespace Akimbo;

/// <summary>One person in a picture: all keypoints of the skeleton in its order, found or not.</summary>
public sealed class Person
{
    /// <summary>Makes a person of the keypoints; the box is the smallest that holds those found.</summary>
    /// <param name="keypoints">All keypoints in the skeleton's order.</param>
    /// <param name="score">The confidence in the whole person.</param>
    public Person(IReadOnlyList<Keypoint> keypoints, float score) : this(keypoints, score, BoxAround(keypoints))
    {
    }

    /// <summary>Makes a person whose box is known, as from a person detector.</summary>
    /// <param name="keypoints">All keypoints in the skeleton's order.</param>
    /// <param name="score">The confidence in the whole person.</param>
    /// <param name="box">The person's box in the picture.</param>
    public Person(IReadOnlyList<Keypoint> keypoints, float score, Box box)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        Keypoints = keypoints;
        Score = score;
        Box = box;
    }

    /// <summary>All keypoints of the skeleton in its order, found or not.</summary>
    public IReadOnlyList<Keypoint> Keypoints { get; }

    /// <summary>The confidence in the whole person, about 0 to 1.</summary>
    public float Score { get; }

    /// <summary>The person's box in the picture; empty at (0, 0) when no keypoint was found.</summary>
    public Box Box { get; }

    /// <summary>The keypoint of that name, such as <c>left_shoulder</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Keypoint this[string name]
    {
        get
        {
            foreach (Keypoint keypoint in Keypoints)
                if (keypoint.Name == name) return keypoint;
            throw new KeyNotFoundException($"There is no keypoint '{name}'; there are {string.Join(", ", Keypoints.Select(keypoint => keypoint.Name))}.");
        }
    }

    private static Box BoxAround(IReadOnlyList<Keypoint> keypoints)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        double left = double.PositiveInfinity, top = double.PositiveInfinity;
        double right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        foreach (Keypoint keypoint in keypoints)
        {
            if (!keypoint.IsFound) continue;
            left = Math.Min(left, keypoint.Position.X);
            top = Math.Min(top, keypoint.Position.Y);
            right = Math.Max(right, keypoint.Position.X);
            bottom = Math.Max(bottom, keypoint.Position.Y);
        }

        return left <= right ? new Box(left, top, right - left, bottom - top) : default;
    }
}
