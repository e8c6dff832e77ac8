using Akimbo.Export;
using Akimbo.Models;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

/// <summary>A model of the catalogue with random weights, in the files that every engine of benchmarks/peers reads.</summary>
internal static class PreparedModel
{
    private const int Seed = 1;
    private static readonly int[] Batches = [1, 8];

    /// <summary>
    /// Writes the model as <c>NAME.akimbo</c>, as ONNX (<c>NAME.onnx</c> for one image, <c>NAME.dynamic.onnx</c> for any number),
    /// and an input for each batch size, <c>NAME.input-N.safetensors</c>.
    /// </summary>
    public static void Write(string name, int width, int height, string folder)
    {
        string File(string ending) => Path.Combine(folder, name + ending);

        var model = ModelCatalog.Create(name);
        var network = model.Architecture.CreateNetwork();
        network.FillRandomly(Seed);
        Safetensors.Save(File(".safetensors"), network.Parameters.Where(p => p.HasValue).Select(p => KeyValuePair.Create(p.Name, p.Value)));
        ModelFile.Convert(File(".safetensors"), name, File(".akimbo"));
        System.IO.File.Delete(File(".safetensors"));

        foreach (bool isDynamic in (bool[])[false, true])
            new PoseExport(model, network, new PoseExportOptions { InputSize = (width, height), DynamicBatch = isDynamic }).Save(File(isDynamic ? ".dynamic.onnx" : ".onnx"));

        foreach (int batch in Batches)
        {
            var random = new Random(Seed);
            var input = new Tensor([batch, 3, height, width]);
            foreach (ref float value in input.Span) value = 2 * random.NextSingle() - 1;
            Safetensors.Save(File($".input-{batch}.safetensors"), [KeyValuePair.Create("input", input)]);
        }
    }
}
