using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets.Mpii;

/// <summary>
/// Reads MPII Human Pose (Andriluka et al., CVPR 2014) in the layouts in which it is found: the official MATLAB struct
/// (<c>mpii_human_pose_v1_u12_1.mat</c>), HRNet's <c>train.json</c> and <c>valid.json</c>, and princeton's <c>train.h5</c> and
/// <c>valid.h5</c>. Positions are moved from MATLAB's pixels, which count from 1; centre and scale are the raw
/// annotations (HRNet and princeton move the centre down and enlarge the scale when they train).
/// </summary>
public static class MpiiDataset
{
    /// <summary>Reads annotations; the layout is told by the file's ending.</summary>
    /// <param name="path">A <c>.mat</c>, <c>.json</c> or <c>.h5</c> file.</param>
    /// <param name="imageFolder">The folder of the pictures.</param>
    /// <param name="part">Which pictures of the MATLAB struct are read; the other files hold one part each.</param>
    /// <exception cref="DatasetFormatException">The file has another layout, or is damaged.</exception>
    /// <exception cref="CheckpointFormatException">The <c>.mat</c> file is no sound MATLAB file of version 5.</exception>
    /// <exception cref="DllNotFoundException">An <c>.h5</c> file is asked for and libhdf5 is not installed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PoseDataset Load(string path, string imageFolder, MpiiPart part = MpiiPart.Training)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(imageFolder);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mat" => MpiiMatlab.Read(MatFile.Load(path), path, imageFolder, part),
            ".json" => MpiiJson.Read(DatasetFiles.ReadJson(path), path, imageFolder),
            ".h5" => MpiiHdf5.Read(path, imageFolder),
            var other => throw new DatasetFormatException(path, $"MPII annotations end in .mat, .json or .h5; this file ends in '{other}'."),
        };
    }

    internal static PoseDataset Of(IReadOnlyList<PoseSample> samples) => new("MPII", Mpii16.Skeleton, samples);
}
