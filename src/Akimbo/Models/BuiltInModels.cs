using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>The networks that come with the library, trained by Akimbo itself; <c>docs/models</c> has a card of each.</summary>
public static class BuiltInModels
{
    private const string Finder = "finder.akimbo", Refiner = "refiner.akimbo";

    /// <summary>
    /// The bottom-up network that finds everyone in a photo: <c>lite-pose-lspet</c>, 14 keypoints. Of [N, 3, H, W], H and W
    /// divisible by 16, it gives [N, 28, H/4, W/4]: heatmaps, then tags.
    /// </summary>
    /// <returns>The model, and a network of its own with the weights.</returns>
    public static (PoseModel Model, Network Network) LoadFinder() => Load(Finder);

    /// <summary>
    /// The top-down network that looks at one person again: <c>small-hourglass-2-lspet</c>, the same 14 keypoints. Of crops
    /// [N, 3, 128, 128] it gives [N, 14, 32, 32] for each of its two stacks: heatmaps.
    /// </summary>
    /// <returns>The model, and a network of its own with the weights.</returns>
    public static (PoseModel Model, Network Network) LoadRefiner() => Load(Refiner);

    private static (PoseModel Model, Network Network) Load(string name)
    {
        using Stream stream = typeof(BuiltInModels).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        SafetensorsFile file = Safetensors.Read(bytes, name);
        PoseModel model = ModelFile.Describe(file.Metadata, name)!;
        Network network = model.Architecture.CreateNetwork();
        network.Fill(network.Match(file.Tensors, name));
        return (model, network);
    }
}
