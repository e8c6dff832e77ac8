using Akimbo.Skeletons;

namespace Akimbo.Datasets.Mpii;

/// <summary>
/// princeton's files: for every person <c>imgname</c>, <c>center</c> [N, 2], <c>scale</c> [N], <c>part</c> [N, 16, 2],
/// <c>visible</c> [N, 16] and <c>normalize</c> [N], the head size (pytorch_stacked_hourglass, <c>data/MPII/ref.py</c>), in pixels that
/// count from 1. A part at (0, 0) is not labelled; one that is not visible is hidden.
/// </summary>
internal static class MpiiHdf5
{
    private static readonly int KeypointCount = Mpii16.Skeleton.Keypoints.Count;

    public static PoseDataset Read(string file, string imageFolder)
    {
        using var hdf5 = new Hdf5File(file);
        string[] images = hdf5.ReadTexts("imgname");
        double[] centre = hdf5.ReadNumbers("center", images.Length, 2);
        double[] scale = hdf5.ReadNumbers("scale", images.Length);
        double[] part = hdf5.ReadNumbers("part", images.Length, KeypointCount, 2);
        double[] visible = hdf5.ReadNumbers("visible", images.Length, KeypointCount);
        double[]? headSize = hdf5.Has("normalize") ? hdf5.ReadNumbers("normalize", images.Length) : null;

        var groups = new SampleGroups();
        for (int n = 0; n < images.Length; n++)
        {
            var keypoints = new AnnotatedKeypoint[KeypointCount];
            for (int k = 0; k < KeypointCount; k++)
            {
                int at = n * KeypointCount + k;
                var (x, y) = (part[2 * at], part[2 * at + 1]);
                if (!double.IsFinite(x + y)) throw new DatasetFormatException(file, $"Person {n + 1} has a part at ({x}, {y}).");
                if (x != 0 || y != 0) keypoints[k] = MatlabPixels.Keypoint(x, y, visible[at] != 0 ? KeypointVisibility.Visible : KeypointVisibility.Hidden);
            }

            groups.Add(Path.Combine(imageFolder, images[n]), new AnnotatedPerson
            {
                Id = n + 1,
                Keypoints = keypoints,
                Centre = MatlabPixels.Point(centre[2 * n], centre[2 * n + 1]),
                Scale = scale[n],
                HeadSize = headSize?[n],
            });
        }

        return MpiiDataset.Of(groups.ToSamples());
    }
}
