using Akimbo.Codecs;
using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>
/// The networks that come with the library, trained by Akimbo itself; <c>docs/models</c> has a card of each. They are described
/// here as in their files, so that they are ready before a JSON reader would be.
/// </summary>
public static class BuiltInModels
{
    private const string FinderFile = "finder.akimbo", RefinerFile = "refiner.akimbo";

    /// <summary>What finds everyone in a photo.</summary>
    internal static PoseModel Finder { get; } = new()
    {
        Name = "lite-pose-lspet",
        Description = "All people at once, 14 keypoints: a LitePose on Leeds Sports Pose Extended and COCO, taught by the published one on two cores",
        Architecture = new LitePoseOptions { DecoderChannels = [64, 40] },
        Skeleton = Lsp14.Skeleton,
        Normalisation = Normalisation.ImageNet,
        Task = new BottomUpTask
        {
            InputSize = new InputSizeRule(shortSide: 320, multiple: 32, maxScale: 1.5),
            Grouping = new AssociativeEmbeddingOptions
            {
                DetectionThreshold = 0.4,
                TagThreshold = 0.6,
                KeypointOrder = [13, 12, 8, 9, 7, 10, 6, 11, 2, 3, 1, 4, 0, 5],
                MinKeypoints = 3,
                Missing = MissingKeypoints.FillByTag,
                MinFilledScore = 0.1,
                MaxSharedKeypoints = 0.4,
            },
        },
    };

    /// <summary>What looks at one person again.</summary>
    internal static PoseModel Refiner { get; } = new()
    {
        Name = "lite-pose-refiner-lspet",
        Description = "One person at a time, 14 keypoints: the network of lite-pose-lspet (--weights), taught to look at the person in the middle, 192 x 192",
        Architecture = new LitePoseOptions { DecoderChannels = [64, 40], HasTags = false },
        Skeleton = Lsp14.Skeleton,
        Normalisation = Normalisation.ImageNet,
        Task = new TopDownTask { InputWidth = 192, InputHeight = 192, Crop = CropKind.Unbiased, BoxPadding = 1.35, Decoding = HeatmapDecoding.Unbiased },
    };

    /// <summary>
    /// The bottom-up network that finds everyone in a photo: <c>lite-pose-lspet</c>, 14 keypoints. Of [N, 3, H, W], H and W
    /// divisible by 16, it gives [N, 28, H/4, W/4]: heatmaps, then tags.
    /// </summary>
    /// <returns>The model, and a network of its own with the weights.</returns>
    public static (PoseModel Model, Network Network) LoadFinder() => Load(Finder, FinderFile);

    /// <summary>
    /// The top-down network that looks at one person again: <c>lite-pose-refiner-lspet</c>, the same 14 keypoints. Of crops
    /// [N, 3, 192, 192] it gives [N, 14, 48, 48]: heatmaps.
    /// </summary>
    /// <returns>The model, and a network of its own with the weights.</returns>
    public static (PoseModel Model, Network Network) LoadRefiner() => Load(Refiner, RefinerFile);

    private static (PoseModel Model, Network Network) Load(PoseModel model, string name)
    {
        SafetensorsFile file = Safetensors.Read(EmbeddedFile.Read(name), name);
        Network network = model.Architecture.CreateNetwork();
        network.Fill(network.Match(file.Tensors, name));
        return (model, network);
    }
}
